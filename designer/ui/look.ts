/** Names of the two looks. */
export type Look = 'light' | 'dark';
