import { folderOf, pathFrom } from '../paths.ts';
import { at, entriesOf, itemsOf, type Spot, textOf } from '../tree.ts';
import { type Compose, items, parts, type Service } from './service.ts';
import { fill, readEnv } from './variables.ts';

/** What a service sets one variable to. */
export interface Setting {
  readonly name: string;
  /** Null when it comes from the machine it is started on, or from a variable that is set nowhere here. */
  readonly value: string | null;
  /** What is known of the value. */
  readonly shown: string;
  /** True when a value stands in the file itself rather than in a variable. */
  readonly literal: boolean;
  readonly spot: Spot;
}

/** Variables of a service: those of its `env_file`s, then its `environment`; of one name the last. */
export function environmentOf(compose: Compose, service: Service): Setting[] {
  const settings = new Map<string, Setting>();
  for (const setting of [...fromFiles(compose, service), ...written(compose, service)])
    settings.set(setting.name, setting);
  return [...settings.values()];
}

function fromFiles(compose: Compose, service: Service): Setting[] {
  return items(service, 'env_file').flatMap((item) => {
    const name = textOf(item) ?? textOf(at(item, 'path'));
    const path = name === null ? null : pathFrom(folderOf(item.file), name);
    const text = path === null ? null : compose.other(path);
    if (path === null || text === null) return [];
    return readEnv(text).map(({ name, value, line, column }) => {
      const { text: filled, shown, variable } = fill(value, compose.values);
      return { name, value: filled, shown, literal: variable === null, spot: { file: path, line, column } };
    });
  });
}

function written(compose: Compose, service: Service): Setting[] {
  return parts(service, 'environment').flatMap((part) => {
    const pairs =
      part.type === 'map'
        ? entriesOf(part).map(({ name, key, value }) => ({ name, spot: key as Spot, text: textOf(value) }))
        : itemsOf(part).flatMap((item) => {
            const text = textOf(item);
            if (text === null) return [];
            const cut = text.indexOf('=');
            return [
              {
                name: cut < 0 ? text : text.slice(0, cut),
                spot: item as Spot,
                text: cut < 0 ? null : text.slice(cut + 1),
              },
            ];
          });
    return pairs.map(({ name, spot, text }) => {
      if (text === null) {
        const value = compose.values.get(name) ?? null;
        return { name, spot, value, shown: value ?? '', literal: false };
      }
      const { text: value, shown, variable } = fill(text, compose.values);
      return { name, spot, value, shown, literal: variable === null };
    });
  });
}
