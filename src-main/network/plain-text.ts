export { plainText, saidText } from '../../src-preload/contract/plain-text'
