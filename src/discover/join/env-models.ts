import { looksSecret } from '../../finding/secrets.ts';
import type { Fact } from '../fact.ts';
import { modelParts } from '../make.ts';
import type { Draft, JoinedValue } from './component.ts';
import { addOnce, hostsOf } from './deployment.ts';
import { merge } from './merge.ts';

/**
 * Agents whose model is named by a variable that their deployment sets: links to the model of that name. Gives the
 * models that no artifact names elsewhere.
 */
export function modelsOfVariables(drafts: readonly Draft[]): Draft[] {
  const made: Draft[] = [];
  for (const agent of drafts) {
    const model = agent.kind === 'agent' ? agent.attributes['model'] : undefined;
    if (model?.env === undefined || typeof model.value !== 'string' || model.unresolved !== undefined)
      continue;
    if (looksSecret(model.value)) continue;
    const fits = ({ kind, name, attributes }: Draft): boolean =>
      kind === 'model' && (name === model.value || attributes['version']?.value === model.value);
    const known = [...drafts, ...made].find((draft) => draft.plane === agent.plane && fits(draft));
    const to = known ?? merge([factOf(model, agent)]);
    if (!known) made.push(to);
    addOnce(agent, {
      as: 'models',
      to,
      file: model.file,
      line: model.line,
      column: model.column,
      attributes: {},
    });
    agent.open = agent.open.filter(({ as }) => as !== 'models');
  }
  return made;
}

function factOf(model: JoinedValue, agent: Draft): Fact {
  const { line, column, file } = model;
  const { provider, version } = modelParts(String(model.value));
  const place = { line, column };
  return {
    kind: 'model',
    name: String(model.value),
    attributes: {
      version: { value: version, ...place },
      ...(provider === null ? {} : { provider: { value: provider, ...place } }),
    },
    controls: {},
    links: [],
    source: { file, ...place, pointer: pointerOf(model, agent) },
    plane: agent.plane,
    confidence: 'parsed',
    reader: 'join',
  };
}

/** The variables of the service that sets it. */
function pointerOf({ env, line }: JoinedValue, agent: Draft): string {
  const facts = hostsOf(agent).flatMap((host) => host.facts);
  const fact = facts.find(({ environment }) => environment?.[env ?? '']?.line === line);
  return fact?.source.pointer.startsWith('/') ? `${fact.source.pointer}/environment` : '';
}
