import { CONFIDENCES, LAYERS, PROFILES, SEVERITIES } from '../finding/severity.ts';
import {
  anything,
  both,
  fits,
  flag,
  list,
  object,
  orNull,
  position,
  type Shape,
  text,
  word,
} from './shape.ts';

/** The types of finding/ and verdict/ as shapes: what another run wrote down is read by these before it is used. */
const texts = list(text);
const layer = word(LAYERS);
const severity = word(SEVERITIES);

const location = object({
  file: text,
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
});
const line = object({ line: position, text });
const snippet = object({ firstLine: position, lines: texts, parent: orNull(line) });
const placed = object({ location, snippet });
const step = both(placed, object({ node: text, text }, { layer: orNull(layer) }));
const fix = object({ say: text, file: text, path: texts, edit: anything, yaml: text });

const grade: Shape = (value) => value === 1 || value === 2 || value === 3;
const risk = object({
  probability: grade,
  impact: grade,
  exploitability: grade,
  score: position,
  why: (value) => Array.isArray(value) && value.length === 3 && texts(value),
});

const finding = both(
  placed,
  object(
    {
      rule: text,
      title: text,
      layer,
      severity,
      confidence: word(CONFIDENCES),
      profile: orNull(word(PROFILES)),
      system: text,
      subject: texts,
      at: text,
      message: text,
      fingerprint: text,
      threats: texts,
      fix,
    },
    { steps: list(step), sources: texts, risk },
  ),
);

const silence = object({
  by: word(['waiver', 'comment']),
  reason: text,
  owner: orNull(text),
  expires: orNull(text),
  at: placed,
});
export const waivedShape: Shape = both(finding, object({ silence }));

const problem = object(
  { code: text, message: text, location: orNull(location), snippet: orNull(snippet), file: text },
  { suggestion: text, related: both(placed, object({ message: text })) },
);
const unknown = both(placed, object({ rule: text, system: text, subject: texts, facts: texts }));

const file = object({
  path: text,
  status: word(['linted', 'included', 'failed', 'skipped']),
  system: orNull(text),
  components: (value) => value === 0 || position(value),
});

const rule = object({
  id: text,
  title: text,
  layer,
  severity,
  confidence: word(CONFIDENCES),
  profile: orNull(word(PROFILES)),
  threats: texts,
  why: text,
  remedy: text,
  url: orNull(text),
});

const grant = object({ system: text, agent: text, tool: text, how: texts, at: placed });
const control = object({ system: text, subject: texts, control: text, how: text, at: placed });
export const assertionShape = object({ id: text, systems: texts, how: text, gone: flag, at: placed });
const component = object({ system: text, id: text, kind: text, layer: orNull(layer), at: placed });
const comparison = object({
  added: list(finding),
  grown: list(object({ finding, before: finding, how: texts })),
  fixed: list(finding),
  standing: list(finding),
  grants: object({ widened: list(grant), narrowed: list(grant) }),
  controls: object({ added: list(control), removed: list(control), weakened: list(control) }),
  components: object({
    added: list(component),
    removed: list(component),
    renamed: list(object({ system: text, from: text, to: text })),
  }),
});

export const verdictShape: Shape = object({
  version: fits(/^\d+\.\d+\.\d+[\w.-]*$/),
  complete: flag,
  files: list(file),
  findings: list(finding),
  waived: list(waivedShape),
  known: list(finding),
  warnings: list(problem),
  comparison: orNull(comparison),
  unknown: list(unknown),
  errors: list(problem),
  rules: list(rule),
});
