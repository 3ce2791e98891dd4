import {
  type MutationVerdict,
  type PlacedMistake,
  type PlacedMutant,
  tallyMutants,
} from '../verdict/mutation.ts';
import { visible } from './escape.ts';
import { type MutationReport, rateOf } from './mutation-json.ts';
import { type Paint, painter } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { problemText } from './text-problem.ts';
import { prose } from './text-prose.ts';
import { count, place } from './words.ts';

/** For people: every change that nobody noticed, entries of the list of equivalents that do not hold, and the kill rate of each file. */
export function mutationText(report: MutationReport, options: TextOptions): string {
  const paint = painter(options.color > 0, options.links);
  const blocks = report.systems.flatMap((system) => [
    ...system.mutants.filter(isLoose).map((mutant) => mutantText(mutant, paint, options)),
    ...system.mistakes.map((mistake) => mistakeText(mistake, paint, options)),
  ]);
  const errors = report.errors.map((problem) => problemText(problem, paint, options));
  const summary = report.systems.map((system) => summaryText(system, paint));
  const incomplete = report.complete ? [] : ['incomplete: not everything could be read and checked'];
  return `${[...blocks, ...errors, [...incomplete, ...summary].join('\n')].filter((block) => block !== '').join('\n\n')}\n`;
}

/** Whether nobody would notice, and nobody said why that is right. */
export const isLoose = ({ outcome }: PlacedMutant): boolean =>
  outcome === 'survived' || outcome === 'unjudged';

function mutantText(mutant: PlacedMutant, paint: Paint, options: TextOptions): string {
  const { operator, on, key, says, outcome, location } = mutant;
  const tag = {
    text: `${outcome}[${visible(operator)}]`,
    look: (text: string) => paint.alarm(outcome === 'survived' ? 'high' : 'medium', text),
  };
  const who = on.length === 0 ? 'the system' : on.map(visible).join(' → ');
  const doubt = outcome === 'unjudged' ? ' (a check says it could not judge, and nothing is found)' : '';
  return [
    ...prose(
      tag,
      { text: `${who}: ${visible(says)}${doubt}`, look: paint.strong },
      { room: proseRoom(options), indent: 0, hang: 4 },
    ),
    `  ${place(location)} ${paint.faint(visible(key))}`,
  ].join('\n');
}

function mistakeText(
  { entry, message, location }: PlacedMistake,
  paint: Paint,
  options: TextOptions,
): string {
  const tag = { text: 'error[equivalent]', look: (text: string) => paint.alarm('error', text) };
  return [
    ...prose(
      tag,
      { text: `${visible(entry)} ${visible(message)}`, look: paint.strong },
      { room: proseRoom(options), indent: 0, hang: 4 },
    ),
    `  ${place(location)}`,
  ].join('\n');
}

function summaryText({ file, mutants, mistakes }: MutationVerdict, paint: Paint): string {
  const tally = tallyMutants(mutants);
  const { counted, noticed, survived, unjudged, equivalent, refused } = tally;
  const rate = `${(Math.floor(rateOf(tally) * 1000) / 10).toFixed(1)} %`;
  const parts = [
    `${noticed} of ${count(counted, 'change')} noticed (${rate})`,
    ...(equivalent > 0 ? [`${equivalent} equivalent (${((equivalent / counted) * 100).toFixed(1)} %)`] : []),
    ...(survived > 0 ? [paint.alarm('high', `${survived} survived`)] : []),
    ...(unjudged > 0 ? [`${unjudged} not judged`] : []),
    ...(mistakes.length > 0
      ? [
          paint.alarm(
            'error',
            `${count(mistakes.length, 'equivalent')} that ${mistakes.length === 1 ? 'does' : 'do'} not hold`,
          ),
        ]
      : []),
    ...(refused > 0 ? [`${refused} refused by the language and left out`] : []),
  ];
  return counted === 0
    ? `${visible(file)}: nothing here protects anything, so there is nothing to take away`
    : `${visible(file)}: ${parts.join('; ')}`;
}
