import type { Finding, Location, Unknown } from '../finding/finding.ts';
import type { ExplainedFinding, ExplainedStep, Looked, Search } from '../verdict/explained.ts';
import type { ExplainedComponent } from '../verdict/explained-component.ts';
import type { ExplainedFact } from '../verdict/explained-fact.ts';
import { jsonText } from './escape.ts';
import { riskJson } from './json.ts';
import { isWaived, silenceJson } from './silence.ts';

/** `explain-v1` for programs. Keys may be added within the version; none is removed or changes its meaning. */
const page = (version: string, about: string, body: object): string =>
  `${jsonText({ version: 'explain-v1', tool: { name: 'maestro', version }, about, ...body })}\n`;

export const findingJson = (version: string, { finding, looked, searches, path }: ExplainedFinding): string =>
  page(version, 'finding', {
    ...brief(finding),
    ...(isWaived(finding) && { silence: silenceJson(finding.silence) }),
    at: finding.at,
    confidence: finding.confidence,
    threats: finding.threats,
    ...(finding.risk && { risk: riskJson(finding.risk) }),
    looked: looked.map(lookedJson),
    searches: searches.map(searchJson),
    ...(path.length > 0 ? { path: path.map(stepJson), sources: finding.sources } : {}),
    fix: finding.fix,
  });

export const factsJson = (version: string, facts: readonly ExplainedFact[]): string =>
  page(version, 'fact', {
    facts: facts.map(({ location, snippet: _, waiting, values, isOpen, ...fact }) => ({
      ...fact,
      location: locationJson(location),
      waiting: waiting.map(({ why: _why, ...rule }) => rule),
      values,
      other_values: isOpen,
    })),
  });

export const componentsJson = (version: string, components: readonly ExplainedComponent[]): string =>
  page(version, 'component', {
    components: components.map(({ system, id, kind, layer, location, ...said }) => ({
      system,
      id,
      kind,
      layer,
      location: locationJson(location),
      findings: said.findings.map(brief),
      on_the_way: said.onTheWay.map(brief),
      waived: said.waived.map(brief),
      known: said.known.map(brief),
      unknown: said.unknown.map(unknownJson),
    })),
  });

const brief = ({ fingerprint, rule, severity, system, subject, message, location }: Finding) => ({
  fingerprint,
  rule,
  severity,
  system,
  subject,
  message,
  location: locationJson(location),
});

const unknownJson = ({ rule, subject, facts, location }: Unknown) => ({
  rule,
  subject,
  facts,
  location: locationJson(location),
});

function lookedJson(looked: Looked): object {
  if (looked.is === 'step') return { is: 'step', text: looked.text, location: locationJson(looked.location) };
  const { is, name, value } = looked;
  if (is === 'derived') return { is, name, value, because: looked.because.map(lookedJson) };
  return { is, name, value, location: orNull(looked.location) };
}

const searchJson = ({ places, ...search }: Search) => ({
  ...search,
  places: places.map(({ location, because, ...place }) => ({
    ...place,
    location: orNull(location),
    because: because.map(lookedJson),
  })),
});

const stepJson = ({ text, location, searches }: ExplainedStep) => ({
  text,
  location: locationJson(location),
  searches: searches.map(searchJson),
});

const orNull = (location: Location | null) => location && locationJson(location);

const locationJson = ({ file, line, column, endLine, endColumn }: Location) => ({
  file,
  line,
  column,
  end_line: endLine,
  end_column: endColumn,
});
