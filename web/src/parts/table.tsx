/** A table with its heads, in a place of its own that is scrolled by keys where it is wider than the page. */

import type { ReactNode } from "react";

interface Props {
  /** What its rows are, for whoever cannot see it. */
  name: string;
  /** What its columns hold; where there is none, that is no column. */
  heads: readonly (string | false)[];
  /** Its rows. */
  children: ReactNode;
}

export function Table({ name, heads, children }: Props) {
  return (
    <div className="wide" role="region" aria-label={name} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {heads
              .filter((head) => head !== false)
              .map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
