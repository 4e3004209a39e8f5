import { Failure } from '../../src-preload/contract/outcome'
import { cleanLine } from './redact'

/** What a branch name cannot hold or be (git-check-ref-format(1)). A leading dash is none either, since git reads an option there. */
const broken = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|\/\.|[/.]$|\.lock(?:\/|$)|^@$/

/** The name as it is, or `Failure('branch-missing')` for one that no repository can have. */
export const requireBranchName = (name: string): string => {
  if (name === '' || name.length > 255 || broken.test(name)) {
    throw new Failure('branch-missing', { branch: cleanLine(name) })
  }
  return name
}
