import { runCredentialHelper } from '../git/ask-for-credential'

// Stands for the app when git starts it as its credential helper.
const argv = ['app', '--credential-helper', ...process.argv.slice(2)]
void runCredentialHelper(argv, process.env, process.stdin, process.stdout)
