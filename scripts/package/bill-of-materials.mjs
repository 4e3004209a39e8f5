import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { npmCommand } from '../packages.mjs'

/** Versions of what is inside an Electron binary, told from the strings that Chromium and Node compile in. @param {string} binary */
function insideElectron(binary) {
  const content = readFileSync(binary).toString('latin1')
  const chromium = /Chrome\/(\d+\.\d+\.\d+\.\d+)/.exec(content)?.[1]
  const node =
    /node-v(\d+\.\d+\.\d+)\.tar\.gz/.exec(content)?.[1] ?? /\bv((?:1[68]|2\d)\.\d+\.\d+)\0/.exec(content)?.[1]
  return { chromium, node }
}

/** @param {string} name @param {string | undefined} version @param {string} purl @param {string} license */
const component = (name, version, purl, license) => ({
  type: 'framework',
  'bom-ref': purl,
  name,
  ...(version === undefined ? {} : { version }),
  purl,
  licenses: [{ license: { id: license } }],
})

/**
 * Writes what the package is made of in the CycloneDX format: npm's own account of the locked packages that the app
 * runs on, and the parts of the runtime, which npm does not know.
 * @param {{ root: string, binary: string, electron: string, file: string }} options
 */
export function writeBillOfMaterials({ root, binary, electron, file }) {
  const [command, before] = npmCommand()
  const args = [...before, 'sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only', '--loglevel=error']
  const bill = JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
  const { chromium, node } = insideElectron(binary)
  bill.components.push(
    component('electron', electron, `pkg:npm/electron@${electron}`, 'MIT'),
    component('chromium', chromium, `pkg:generic/chromium@${chromium ?? 'unknown'}`, 'BSD-3-Clause'),
    component('node', node, `pkg:generic/node@${node ?? 'unknown'}`, 'MIT'),
  )
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
}
