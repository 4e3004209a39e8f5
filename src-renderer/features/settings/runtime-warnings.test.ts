import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { RuntimeWarnings } from './runtime-warnings'

const told = (version: string, runtimeEndOfLife = false): string =>
  renderToStaticMarkup(createElement(RuntimeWarnings, { info: { version, electron: '25.1.1', runtimeEndOfLife } }))

it('a package with a fallback runtime says that it is for trying only', () => {
  expect(told('1.4.0+fallback')).toContain('This package is for trying only')
})

it('a release says nothing of the kind', () => {
  for (const version of ['1.4.0', '1.4.0-beta.1', '1.4.0-fallback']) expect(told(version)).toBe('')
  expect(told('1.4.0', true)).not.toContain('for trying only')
})
