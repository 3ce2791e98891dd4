import type { Fact, FactLink, FactValue } from '../fact.ts';
import { at, entriesOf, given, itemsOf, known, type Spot, sourceAt, textOf, unknown } from '../tree.ts';
import { flagsOf } from './gateway.ts';
import { type ImageRole, parseImage } from './images.ts';
import { type Compose, filled, parts, type Service, single, wordsOf } from './service.ts';

/** Which model a service serves, by its options, its command line and its image. */
export function modelFacts(
  compose: Compose,
  service: Service,
  image: string | null,
): Record<string, FactValue | null> {
  const { file } = compose;
  const option = at(single(service, 'provider'), 'options', 'model');
  const flag = flagsOf(wordsOf(service, 'command')).get('model')?.at(-1);
  const written = filled(compose, option);
  const name = written?.text ?? flag?.value;
  const spot: Spot = option ?? flag?.spot ?? service.key;
  return {
    hosting: given('self-hosted', service.key, file),
    provider:
      image === null
        ? null
        : given(parseImage(image).name.split('/').at(-1)!, single(service, 'image')!, file),
    version: name
      ? given(name, spot, file)
      : written?.variable
        ? unknown('names the model in a variable', spot, file, written.variable)
        : null,
  };
}

/** `models:` of a service: names of the file's own models, as a list or as a map. */
export function modelLinks(service: Service, role: ImageRole | null, file: string): FactLink[] {
  const as = ['tool', 'service', 'monitor'].includes(role?.kind ?? '') ? 'models' : 'flows';
  return parts(service, 'models').flatMap((part): FactLink[] => {
    const named =
      part.type === 'map'
        ? entriesOf(part).map(({ name, key }) => ({ name, spot: key as Spot }))
        : itemsOf(part).map((item) => ({ name: textOf(item) ?? '', spot: item as Spot }));
    return named
      .filter(({ name }) => name !== '')
      .map(({ name, spot }) => {
        const { value: _, ...place } = given('', spot, file);
        return { as, to: name, toKind: 'model', ...place };
      });
  });
}

/** The variables in which a service gets the names of its models: `model_var`, or a name made of the model's own. */
export function modelVariables(compose: Compose, service: Service): Record<string, FactValue> {
  const variables: Record<string, FactValue> = {};
  for (const { to, line, column } of modelLinks(service, null, compose.file)) {
    const text = filled(compose, at(compose.root, 'models', to, 'model'))?.text;
    const details = parts(service, 'models').map((part) => at(part, to, 'model_var'));
    const name =
      details.map(textOf).find((each) => each !== null) ?? `${to.toUpperCase().replaceAll('-', '_')}_MODEL`;
    if (text && /^\w+$/.test(name) && name !== '__proto__')
      variables[name] = given(text, { file: compose.file, line, column }, compose.file);
  }
  return variables;
}

/** The models that a compose file declares of its own. */
export const topModels = (compose: Compose): Fact[] =>
  entriesOf(at(compose.root, 'models')).map(({ name, key, value }) => {
    const model = at(value, 'model');
    const written = filled(compose, model);
    return {
      kind: 'model',
      name,
      attributes: known({
        hosting: given('self-hosted', key, compose.file),
        version:
          !model || !written
            ? null
            : written.text === null
              ? unknown('names the model in a variable', model, compose.file, written.variable ?? undefined)
              : given(written.text, model, compose.file),
      }),
      controls: {},
      links: [],
      source: sourceAt(key, 'models', name),
      plane: 'runtime',
      confidence: 'declared',
      reader: 'compose',
    };
  });
