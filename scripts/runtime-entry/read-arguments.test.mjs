import { expect, it } from 'vitest'
import { readArguments } from './read-arguments.cjs'

it.each([
  ['nothing but the app', ['electron', '/app'], { app: '/app', modules: [] }],
  ['a deep link after the app', ['electron', '/app', 'cloudaipilot://x'], { app: '/app', modules: [] }],
  ['switches on both sides', ['electron', '--inspect=0', '--no-sandbox', '.', '--flag'], { app: '.', modules: [] }],
  [
    'modules to load first',
    ['electron', '-r', '/a.js', '--require', '/b.js', '/app'],
    { app: '/app', modules: ['/a.js', '/b.js'] },
  ],
  ['the long form', ['electron', '--app=/app'], { app: '/app', modules: [] }],
  ['an equals sign in the path', ['electron', '--app=/a=b'], { app: '/a=b', modules: [] }],
  ['no app', ['electron', '--no-sandbox'], { app: null, modules: [] }],
  ['a module switch without its module', ['electron', '-r'], { app: null, modules: [] }],
])('reads %s', (_, argv, expected) => {
  expect(readArguments(argv)).toEqual(expected)
})
