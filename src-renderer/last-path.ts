import { string } from 'valibot'
import { remembered } from './remembered'

/** Where the window starts. */
export const home = '/accounts'

/** The path of the screen that was shown last. */
export const lastPath = remembered('path', string(), home)
