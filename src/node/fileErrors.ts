/** Does something to a file; a failure becomes a sentence: "Cannot write a.txt: no space left on the device." */
export async function explained<T>(file: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw readable(error, file, action);
  }
}

const explanations: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something that is not a folder is in the way',
  ENOENT: 'it does not exist',
  ELOOP: 'symbolic links go round in a circle',
  ENOTEMPTY: 'the folder is not empty',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program is using it',
};

/** A failure of the system as a sentence, with the failure itself as its cause. */
export function readable(error: unknown, file: string, action: string): Error {
  const code = codeOf(error);
  const why = (code === undefined ? undefined : explanations[code]) ?? (error as Error).message;
  return new Error(`Cannot ${action} ${file}: ${why}.`, { cause: error });
}

/** The system's own code of a failure, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
