/** The two messages between the dialog that asks for consent and main, heard from that one page only. */
export const consentMessages = { question: 'consent.question', answer: 'consent.answer' } as const

/** Milliseconds that the dialog is in sight and in front before a yes counts: a click or a key may have been meant for what was there before. */
export const settleMs = 500
