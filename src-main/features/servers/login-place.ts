/** Where to log in and by which key. */
export interface LoginPlace {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly keyId: string
}

export const placeName = ({ host, port, user, keyId }: LoginPlace): string => `${user}@${host}:${port} ${keyId}`
