import { type GenericSchema, is } from 'valibot'
import { Id } from '../../src-preload/contract/text'

/** A schema as far as it is looked into. */
type Looked = GenericSchema & {
  readonly entries?: Readonly<Record<string, Looked>>
  readonly wrapped?: Looked
  readonly item?: Looked
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly pipe?: readonly Looked[]
}

/** Where an id stands in a method's input, e.g. `source.accountId`. */
export type Place = string

const texts = ['x', '/x', 'x.example', '1'.repeat(40), '', 'main']
const numbers = [22, 1, 0]

const within = (place: Place, name: string): Place => (place === '' ? name : `${place}.${name}`)

/**
 * Inputs that a schema accepts, one for each of its variants, with an id in every place that takes one.
 * @param idAt The id for a place.
 */
export const exampleInputs = (schema: GenericSchema, idAt: (place: Place) => string, place: Place = ''): unknown[] => {
  const looked = schema as Looked
  if (schema === Id) return [idAt(place)]
  switch (schema.type) {
    case 'object':
    case 'strict_object':
      return Object.entries(looked.entries ?? {}).reduce<Record<string, unknown>[]>(
        (inputs, [name, entry]) =>
          exampleInputs(entry, idAt, within(place, name)).flatMap((value) =>
            inputs.map((input) => ({ ...input, [name]: value })),
          ),
        [{}],
      )
    case 'optional':
    case 'nullable':
    case 'nullish':
      return looked.wrapped ? exampleInputs(looked.wrapped, idAt, place) : [undefined]
    case 'array':
      return looked.item ? exampleInputs(looked.item, idAt, place).map((value) => [value]) : [[]]
    case 'variant':
    case 'union':
      return (looked.options ?? []).flatMap((option) => exampleInputs(option as GenericSchema, idAt, place))
    case 'picklist':
      return [looked.options?.[0]]
    case 'literal':
      return [looked.literal]
    case 'boolean':
      return [false]
    case 'undefined':
      return [undefined]
    default:
      return [[...texts, ...numbers].find((value) => is(schema, value))]
  }
}

/** The places of a schema that take an id. */
export const idPlaces = (schema: GenericSchema): readonly Place[] => {
  const found = new Set<Place>()
  exampleInputs(schema, (place) => {
    found.add(place)
    return 'x'
  })
  return [...found]
}
