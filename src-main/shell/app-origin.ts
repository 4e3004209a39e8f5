/** The scheme and host from which the window is served. It has an origin of its own and no access to files. */
export const scheme = 'app'
export const origin = 'app://cloudaipilot'
