export { plainText, safeText, saidName, saidText } from '../../src-preload/contract/plain-text'
