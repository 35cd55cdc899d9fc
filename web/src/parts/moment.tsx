/** An instant, in the reader's own zone. */

import { useMoments } from "./moments";

export function Moment({ at }: { at: string }) {
  const { instant } = useMoments();
  return <time dateTime={at}>{instant(at)}</time>;
}
