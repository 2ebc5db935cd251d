/** The options of `advtransfer report`. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly images?: boolean;
  /** The image sets of a deep study, for its pictures. */
  readonly data?: string;
}
