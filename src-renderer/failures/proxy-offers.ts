/** Whether a proxy takes other logins than the one that is supported, by the names that it offers. */
export const onlyOther = (offers: string): boolean => offers !== '' && !/\bbasic\b/i.test(offers)
