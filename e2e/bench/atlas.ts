export interface Atlas {
  readonly profile: string
}
export const createAtlas = (_: { folder: string; env: NodeJS.ProcessEnv }) => ({
  open: async (): Promise<Atlas> => ({ profile: '' }),
  close: async () => {},
})
