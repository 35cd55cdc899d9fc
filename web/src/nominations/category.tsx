/** What the category of a nomination is called, by the definition of its cycle. */

import { partsOf } from "../awards/definition";
import { textOf } from "../awards/shown";
import { useCycleDefinition } from "../cycles/queries";
import { useSpeech } from "../frame/language";
import type { Row } from "./queries";

export function CategoryName({ of: row }: { of: Pick<Row, "cycle_id" | "category"> }) {
  const { of } = useSpeech();
  const { data, isLoading } = useCycleDefinition(row.cycle_id);
  if (isLoading) return "…";
  const found = data && partsOf(data).categories.find(({ key }) => key === row.category);
  return of(textOf(found?.name)) || row.category;
}
