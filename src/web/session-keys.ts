/** What a tab keeps for itself, by name: a reload has it, another tab or site has not. */

/** The code of a start file, until it is exchanged. */
export const CODE_KEY = "plugsmith-code";
/** What the server knows this page by. */
export const TOKEN_KEY = "plugsmith-token";
