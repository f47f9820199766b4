/** Where the records of virtual plugs are. They have homes of their own, so that none can stand in for a real plug. */

/** Of fresh virtual plugs, which live nowhere. @param home that of the real plugs. */
export function virtualHome(home: string): string {
  return `${home}/virtual`;
}

/** Of the virtual plug that lives in this folder, or of a fresh one. @param home that of the real plugs. */
export function virtualPlugHome(folder: string | undefined, home: string): string {
  return folder === undefined ? virtualHome(home) : `${folder}/home`;
}
