/** A statement and what is bound in it. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** Rows it must match; another number is `db.changed_meanwhile`. Not asked when left out. */
  readonly mustMatch?: number;
}
