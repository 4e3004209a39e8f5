import { expect, it } from 'vitest'
import { readFirstRows } from './first-rows'

const page = (textContent: string | null) =>
  ({ getElementById: () => (textContent === null ? null : { textContent }) }) as unknown as Document

it.each([
  ['no element', null],
  ['nothing', 'null'],
  ['half a file', '{"question": {'],
  ['another shape', '{"question": {"text": 7}, "slice": {"rows": [null]}}'],
])('takes %s for nothing', (_, text) => expect(readFirstRows(page(text))).toBeNull())
