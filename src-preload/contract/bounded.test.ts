import type { GenericSchema } from 'valibot'
import { expect, it } from 'vitest'
import { contract } from './index'

/** A schema as far as it is looked into. */
type Looked = GenericSchema & {
  readonly entries?: Readonly<Record<string, Looked>>
  readonly wrapped?: Looked
  readonly item?: Looked
  readonly options?: readonly unknown[]
  readonly pipe?: readonly Piece[]
}

/** A step of a pipe, which may be a pipe itself. */
interface Piece {
  readonly type: string
  readonly pipe?: readonly Piece[]
}

const endsSomewhere = ({ type, pipe = [] }: Piece): boolean =>
  type === 'max_length' || pipe.some((piece) => piece.pipe !== pipe && endsSomewhere(piece))

/** The places of an input that take a text or a list of any length. */
const unbounded = (schema: Looked, place: string): readonly string[] => {
  const isBounded = endsSomewhere(schema)
  switch (schema.type) {
    case 'string':
      return isBounded ? [] : [place]
    case 'array':
      return [...(isBounded ? [] : [place]), ...(schema.item === undefined ? [] : unbounded(schema.item, `${place}[]`))]
    case 'optional':
    case 'nullable':
    case 'nullish':
      return schema.wrapped === undefined ? [] : unbounded(schema.wrapped, place)
    case 'variant':
    case 'union':
      return (schema.options ?? []).flatMap((option) => unbounded(option as Looked, place))
    case 'object':
    case 'strict_object':
      return Object.entries(schema.entries ?? {}).flatMap(([name, entry]) => unbounded(entry, `${place}.${name}`))
    case 'boolean':
    case 'literal':
    case 'number':
    case 'picklist':
    case 'undefined':
      return []
    default:
      throw new Error(`It is not known whether ${schema.type} at ${place} is bounded`)
  }
}

it('takes no text and no list of any length from the window', () => {
  const places = Object.entries(contract).flatMap(([feature, methods]) =>
    Object.entries(methods).flatMap(([name, { input }]) => unbounded(input as Looked, `${feature}.${name}`)),
  )
  expect(places).toEqual([])
})
