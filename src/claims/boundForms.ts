import { badInput } from "../core/guards.js";
import type { Cell } from "../study/study.js";
import { boundFor, type MethodBounds } from "../theory/bounds/boundFor.js";

/** The form of the paper's bound on ||sin Theta||_F for a method of a study, without its unstated constant, as a function of the cell. */
export function representationForm(method: string): (cell: Cell) => number {
  return (cell) => boundsOf(cell, method).representation.form;
}

/** The same for the target's excess risk (C6). */
export function targetForm(method: string): (cell: Cell) => number {
  return (cell) => boundsOf(cell, method).target.form;
}

function boundsOf(cell: Cell, name: string): MethodBounds {
  const method = cell.methods.find((one) => one.name === name);
  const bounds = method === undefined ? null : boundFor(cell.problem, method);
  if (bounds === null) throw badInput("bound", "of a method that the paper bounds", name);
  return bounds;
}
