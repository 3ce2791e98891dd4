import type { Problem } from '../finding/finding.ts';
import { MAX_PROBLEMS } from '../finding/problems.ts';
import { similar } from '../finding/similar.ts';
import type { Written } from '../model/assertions.ts';
import { type Component, edgesOf, type System, textOf } from '../model/system.ts';
import { withArticle } from '../model/words.ts';
import type { YamlFile } from '../model/yaml.ts';
import { boundaryOf } from '../model/zones.ts';
import { place } from './problem.ts';

/** Looks up the names of one assertion, and notes those that lead nowhere at their places. */
export class Places {
  readonly problems: Problem[] = [];
  private readonly system: System;
  private readonly file: YamlFile;
  /** What to say besides, where the assertion may be meant for another system. */
  private readonly advice: string | null;

  constructor(system: System, file: YamlFile, advice: string | null) {
    this.system = system;
    this.file = file;
    this.advice = advice;
  }

  /** Ids of the nodes that names of `never` stand for: a tool for its actions too, a boundary for all that is in it. */
  nodes(names: readonly Written[], key: string): Set<string> {
    return new Set(names.flatMap((name) => this.node(name, key)));
  }

  /** Ids of the actions that names of `only` stand for. */
  actions(names: readonly Written[]): Set<string> {
    return new Set(
      names.flatMap((name) => {
        const found = this.find(name, 'may', 'a tool, or `tool.action`');
        if (found === null) return [];
        if (found.kind === 'action') return [found.id];
        if (found.kind === 'tool') return found.actions.map(({ id }) => id);
        this.note(
          name,
          'wrong-kind',
          `\`${name.id}\` is ${withArticle(found.kind)}; \`may\` takes a tool, or \`tool.action\``,
        );
        return [];
      }),
    );
  }

  agent(name: Written): void {
    const found = this.find(name, 'agent', 'an agent', (each) => each.kind === 'agent');
    if (found === null || found.kind === 'agent') return;
    this.note(name, 'wrong-kind', `\`${name.id}\` is ${withArticle(found.kind)}; \`agent\` takes an agent`);
  }

  note({ path }: Pick<Written, 'path'>, code: string, message: string, suggestion?: string): void {
    this.problems.push(place(this.file, path, code, message, suggestion));
  }

  private node(name: Written, key: string): string[] {
    const found = this.find(name, key, 'a component, or `tool.action`');
    if (found === null) return [];
    const all = found.kind === 'boundary' ? this.inside(found) : [found];
    const running = all.filter((each) => textOf((each.tool ?? each).raw, 'plane') !== 'development');
    if (running.length === 0) {
      const message =
        found.kind === 'boundary'
          ? `Nothing is in \`${name.id}\`, so no path begins or ends there`
          : `\`${name.id}\` is what people build with: attack paths are looked for in what runs`;
      this.note(name, 'assertion-empty', message, 'Name something that runs, or take it out');
    }
    return running.flatMap((each) => [each.id, ...each.actions.map(({ id }) => id)]);
  }

  /** What stands in a zone or in one within it. */
  private inside(zone: Component): Component[] {
    return this.system.components.filter((each) => {
      const seen = new Set<Component>();
      if (each.kind === 'boundary') return false;
      for (
        let at = boundaryOf(each);
        at !== null && !seen.has(at);
        at = edgesOf(at, 'within')[0]?.to ?? null
      ) {
        if (at === zone) return true;
        seen.add(at);
      }
      return false;
    });
  }

  private find(
    name: Written,
    key: string,
    wanted: string,
    fits: (component: Component) => boolean = () => true,
  ): Component | null {
    const { byId } = this.system;
    const tool = byId.get(name.id.split('.', 1)[0]!);
    const found = byId.get(name.id) ?? tool?.actions.find(({ id }) => id === name.id) ?? null;
    if (found !== null) return found;
    const isAction = name.id.includes('.') && tool?.kind === 'tool';
    const message = isAction
      ? `\`${tool.id}\` has no action \`${name.id.slice(tool.id.length + 1)}\``
      : `Nothing is called \`${name.id}\`; \`${key}\` takes the id of ${wanted}`;
    const candidates = isAction
      ? tool.actions
      : this.system.components.filter(fits).flatMap((each) => [each, ...each.actions]);
    // Looking for what was meant is worth its time only for mistakes that are shown.
    const near =
      this.problems.length < MAX_PROBLEMS
        ? similar(
            name.id,
            candidates.map(({ id }) => id),
          )
        : undefined;
    const suggestion = near ? `Did you mean \`${near}\`?` : (this.advice ?? undefined);
    this.note(name, isAction ? 'unknown-action' : 'unknown-reference', message, suggestion);
    return null;
  }
}
