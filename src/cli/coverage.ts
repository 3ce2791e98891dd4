import { LAYERS } from '../finding/severity.ts';
import type { Rule } from '../rules/hit.ts';
import type { Threat } from '../rules/threats.ts';

/** One threat of the catalogue and the rules that look at it. */
interface Covered extends Pick<Threat, 'id' | 'layer' | 'title' | 'visible'> {
  readonly rules: readonly string[];
  /** Why no rule looks at a visible threat. */
  readonly no_rule?: string;
}

export interface Coverage {
  readonly summary: {
    readonly threats: number;
    /** Those that a description can show, and how many of them a rule looks at. */
    readonly visible: number;
    readonly covered: number;
    /** Those that no description shows. */
    readonly not_visible: number;
  };
  readonly threats: readonly Covered[];
}

/** Which threats of the catalogue the rules look at, layer by layer. */
export async function coverage(rules: readonly Rule[]): Promise<Coverage> {
  const { threats } = await import('../../build/catalogue.js');
  const all = LAYERS.flatMap((layer) => threats.filter((threat) => threat.layer === layer)).map(
    ({ id, layer, title, visible, noRule }): Covered => ({
      id,
      layer,
      title,
      visible,
      rules: rules.filter((rule) => rule.threats.includes(id)).map((rule) => rule.id),
      ...(noRule ? { no_rule: noRule } : {}),
    }),
  );
  const visible = all.filter((each) => each.visible !== 'none');
  return {
    summary: {
      threats: all.length,
      visible: visible.length,
      covered: visible.filter((each) => each.rules.length > 0).length,
      not_visible: all.length - visible.length,
    },
    threats: all,
  };
}

const SEEN: Readonly<Record<Threat['visible'], string>> = {
  direct: 'from facts',
  declared: 'by its control',
  none: 'not visible',
};

/** The same for people. What no rule looks at is said as plainly as what one does. */
export function coverageText({ summary, threats }: Coverage): string {
  const named = ({ id, title }: Covered) => `${title} (${id})`;
  const width = Math.max(...threats.map((threat) => named(threat).length));
  const blocks = LAYERS.map((layer) => {
    const members = threats.filter((threat) => threat.layer === layer);
    const seen = members.filter((each) => each.visible !== 'none');
    const covered = seen.filter((each) => each.rules.length > 0).length;
    const lines = members.map((threat) => {
      const { visible, rules, no_rule: reason } = threat;
      const without = reason ? `no rule: ${reason}` : 'no rule';
      const by = rules.length > 0 ? rules.join(', ') : visible === 'none' ? '' : without;
      return `  ${named(threat).padEnd(width)}  ${SEEN[visible].padEnd(14)}  ${by}`.trimEnd();
    });
    return `${layer}: ${covered} of ${seen.length} visible threats\n${lines.join('\n')}`;
  });
  const sum = `${summary.covered} of ${summary.visible} visible threats have a rule; ${summary.not_visible} of ${summary.threats} cannot be seen in a description.`;
  return `${[...blocks, sum].join('\n\n')}\n`;
}
