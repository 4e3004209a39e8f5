import { type GenericSchema, pipe, transform } from 'valibot'
import { ownOf } from './own'
import { safeTexts, saidText } from './plain-text'
import { Whole } from './text'

/** What the schemas of composed values name their parts. */
interface Parts {
  readonly wrapped?: GenericSchema
  readonly item?: GenericSchema
  readonly entries?: Readonly<Record<string, GenericSchema>>
  readonly value?: GenericSchema
}

const bare = (schema: GenericSchema | undefined): GenericSchema | undefined => {
  const { wrapped } = (schema ?? {}) as Parts
  return wrapped === undefined ? schema : bare(wrapped)
}

const memberOf = (schema: GenericSchema | undefined, name: string): GenericSchema | undefined => {
  const { entries, value } = (schema ?? {}) as Parts
  return (entries === undefined ? undefined : ownOf(entries, name)) ?? value
}

/** Every text of a value as it may be told: on one line and short, unless its schema is `Whole`. */
const told = (declared: GenericSchema | undefined, value: unknown): unknown => {
  const schema = bare(declared)
  if (typeof value === 'string') return schema === Whole ? value : saidText(value)
  if (Array.isArray(value)) return value.map((item) => told((schema as Parts | undefined)?.item, item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [saidText(name), told(memberOf(schema, name), item)]),
  )
}

/** Every text of a value without a schema as it may be told. */
export const saidTexts = (value: unknown): unknown => told(undefined, value)

/**
 * What leaves main for the window: whoever wrote a text, nothing in it hides, reorders or commands, and it is short. A
 * field of a new entity has this without anybody thinking of it; one that has to be told whole says so by `Whole`.
 */
export const leaving = <S extends GenericSchema>(schema: S): S =>
  pipe(
    schema,
    transform((value) => told(schema, value)),
    transform(safeTexts),
  ) as unknown as S
