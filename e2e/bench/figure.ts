/** One number of ours beside that of a plain counterpart in the same run. */
export interface Line {
  readonly name: string
  readonly unit: 'ms' | 'MB' | 'count'
  readonly ours: number
  /** What a plain counterpart took, or 0 where the budget is absolute. */
  readonly reference: number
  /** The most that ours may be, made from the reference. */
  readonly limit: number
  /** How the limit is made, in words: `hello-world window + 150 ms`. */
  readonly budget: string
}

/** What figures share in one run. */
export interface Bench {
  /** A folder of its own inside the session's home; gone with the session. */
  folder(name: string): Promise<string>
  /** Environment of the session: display, bus, keychain, home. */
  readonly env: NodeJS.ProcessEnv
}

/** One file of `figures/`: something to measure, as one line or a few that share a set-up. */
export interface Figure {
  readonly name: string
  measure(bench: Bench): Promise<readonly Line[]>
}
