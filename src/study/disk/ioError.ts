import { AdvTransferError } from "../../core/errors.js";

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Free some space, then continue with --resume."],
  EDQUOT: ["the disk quota is used up", "Free some space, then continue with --resume."],
  EFBIG: ["the file is as large as the system allows", "Raise the limit, then continue with --resume."],
  EROFS: ["the file system is read-only", "Choose another folder with --out."],
  EACCES: ["permission denied", "Choose another folder with --out, or change the permissions."],
  EPERM: ["the operation is not permitted", "Choose another folder with --out, or change the permissions."],
  ENOTDIR: ["a part of the path is a file", "Choose another folder with --out."],
  EEXIST: ["there is a file of that name", "Choose another folder with --out."],
  EISDIR: ["it is a folder", "Give the path of a file."],
  ENOENT: ["there is no such file or folder", "Look for a typing error in the path."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter path with --out."],
  EIO: ["the device reports an error", "Look at the disk, then continue with --resume."],
};

/** A failure of the file system as an error for people: what was tried, on which path, why not, and the way out. */
export function ioError(action: "read" | "write" | "create", path: string, error: unknown): AdvTransferError {
  if (error instanceof AdvTransferError) return error;
  const { code, message } = error as { code?: string; message?: string };
  const [reason, hint] = REASONS[code ?? ""] ?? [message ?? String(error), undefined];
  const text = `cannot ${action} ${path}: ${reason}`;
  return new AdvTransferError("io", text, { cause: error, ...(hint === undefined ? {} : { hint }) });
}
