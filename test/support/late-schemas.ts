import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type Part, reach, type Schema, type Step } from './schema-parts.ts';

/**
 * JSON Schemas in pieces: references and the values of keys are looked up when data is validated, not when a schema is
 * compiled. Taking something out then costs the compilation of one piece, a millisecond instead of a hundred, and what
 * ajv says of the data as a whole is the same.
 */
export class LateSchemas {
  private readonly ajv: Ajv;
  /** Says everything that is wrong. */
  private readonly thorough: Ajv;
  private readonly schemas: ReadonlyMap<string, Schema>;
  private readonly pieces = new Map<string, Piece>();
  private readonly refused = new Map<string, (data: object) => ReadonlySet<string>>();

  constructor(schemas: readonly Schema[]) {
    this.schemas = new Map(schemas.map((schema) => [String(schema['$id']), schema]));
    this.ajv = this.compiler(false);
    this.thorough = this.compiler(true);
  }

  /** Whether `data` is valid by the schema with that `$id`. */
  accepts(id: string, data: unknown): boolean {
    return this.piece(`${id}#`).validate(data) as boolean;
  }

  /** What `ask` says as long as these parts, all of one piece, are taken out of the schema with that `$id`. */
  without<T>(id: string, parts: readonly Part[], ask: () => T): T {
    const { address, rest } = pieceOf(id, parts[0]!);
    const piece = this.piece(address);
    const { validate } = piece;
    const keys = parts.flatMap(({ key }) => key ?? []);
    if (keys.length === parts.length && rest.length === 1) {
      const refused = this.refusedWithoutKeys(address);
      piece.validate = (data) =>
        validate(data) && (!isObject(data) || !keys.some((key) => refused(data).has(key)));
    } else {
      const copy = structuredClone(this.find(address));
      for (const { change } of parts) change(reach(copy, rest));
      piece.validate = this.compile(this.ajv, address, copy);
    }
    try {
      return ask();
    } finally {
      piece.validate = validate;
    }
  }

  /**
   * The keys of an object that a schema refuses once it has lost all it knows, as ajv names them. Each is refused on its
   * own account, so it is refused as well when it is the only one lost; one compilation does for all of them.
   */
  private refusedWithoutKeys(address: string): (data: object) => ReadonlySet<string> {
    const known = this.refused.get(address);
    if (known) return known;
    const validate = this.compile(this.thorough, address, { ...this.find(address), properties: {} });
    const names = new WeakMap<object, ReadonlySet<string>>();
    const refused = (data: object) => {
      const said = names.get(data);
      if (said) return said;
      validate(data);
      const found = new Set((validate.errors ?? []).flatMap(refusedKey));
      names.set(data, found);
      return found;
    };
    this.refused.set(address, refused);
    return refused;
  }

  private piece(address: string): Piece {
    const known = this.pieces.get(address);
    if (known) return known;
    const piece: Piece = {
      validate: (data) => {
        piece.validate = this.compile(this.ajv, address, this.find(address));
        return piece.validate(data);
      },
    };
    this.pieces.set(address, piece);
    return piece;
  }

  private find(address: string): Schema {
    const [id = '', pointer = ''] = address.split('#');
    return reach(this.schemas.get(id), pointer.split('/').slice(1)) as Schema;
  }

  private compile(
    ajv: Ajv,
    address: string,
    { $id: _, definitions: __, ...schema }: Schema,
  ): ValidateFunction {
    return ajv.compile(late(address, schema) as Schema);
  }

  private compiler(allErrors: boolean): Ajv {
    const ajv = new Ajv({
      // The schemas carry keywords for editors and generators; the built validators are compiled strictly.
      strict: false,
      unicodeRegExp: true,
      validateSchema: false,
      addUsedSchema: false,
      messages: false,
      allErrors,
      code: { optimize: false },
    });
    ajv.addKeyword({
      keyword: LATE,
      compile: (address: string) => {
        const piece = this.piece(address);
        return (data: unknown) => piece.validate(data) as boolean;
      },
    });
    return ajv;
  }
}

/** What is asked under one address. Compiled when it is asked for the first time. */
interface Piece {
  validate: (data: unknown) => unknown;
}

const LATE = 'x-late';

const isObject = (data: unknown): data is object =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

const refusedKey = ({ keyword, instancePath, params }: ErrorObject): string[] =>
  keyword === 'additionalProperties' && instancePath === '' ? [String(params['additionalProperty'])] : [];

/** The piece that holds a part, and the way from there. */
function pieceOf(id: string, { definition, at }: Part): { address: string; rest: readonly Step[] } {
  let length = 0;
  for (let i = 0; i + 1 < at.length; i++) if (at[i] === 'properties') length = ++i + 1;
  const base = definition === '' ? [] : ['definitions', definition];
  return { address: [`${id}#`, ...base, ...at.slice(0, length)].join('/'), rest: at.slice(length) };
}

/** A copy of what lies at `address` that looks up other pieces while it validates. */
function late(address: string, node: unknown): unknown {
  if (Array.isArray(node)) return node.map((each, i) => late(`${address}/${i}`, each));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$ref') return [LATE, absolute(address, String(value))];
      if (key !== 'properties') return [key, late(`${address}/${key}`, value)];
      const names = Object.keys(value as Schema);
      return [key, Object.fromEntries(names.map((name) => [name, { [LATE]: `${address}/${key}/${name}` }]))];
    }),
  );
}

const absolute = (address: string, ref: string): string =>
  ref.startsWith('#') ? address.slice(0, address.indexOf('#')) + ref : ref;
