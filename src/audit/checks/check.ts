/** One thing that must always hold: a query that lists its violations, each as one readable line in a column `violation`. */
export interface Check {
  rule: string;
  sql: string;
}
