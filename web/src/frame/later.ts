/** The words of those features that are not needed to begin with; they are loaded with the first screen that needs them. */

import { words as accounts } from "../accounts/words";
import { words as attachments } from "../attachments/words";
import { words as audit } from "../audit/words";
import { words as awards } from "../awards/words";
import { words as calendars } from "../calendars/words";
import { words as checks } from "../checks/words";
import { words as consents } from "../consents/words";
import { words as cycles } from "../cycles/words";
import { words as deputies } from "../deputies/words";
import { words as eligibility } from "../eligibility/words";
import { words as help } from "../help/words";
import { words as imports } from "../imports/words";
import { words as json } from "../json/words";
import { words as lists } from "../lists/words";
import { words as me } from "../me/words";
import { words as nominations } from "../nominations/words";
import { words as organisations } from "../organisations/words";
import { words as people } from "../people/words";
import { words as presence } from "../presence/words";
import { words as printing } from "../printing/words";
import { words as prints } from "../prints/words";
import { words as programme } from "../programme/words";
import { words as progress } from "../progress/words";
import { words as quotas } from "../quotas/words";
import { words as releases } from "../releases/words";
import { words as schedule } from "../schedule/words";
import { words as series } from "../series/words";
import { words as sheets } from "../sheets/words";
import { words as today } from "../today/words";
import { words as venues } from "../venues/words";

export const features = [
  accounts,
  attachments,
  audit,
  awards,
  calendars,
  checks,
  consents,
  cycles,
  deputies,
  eligibility,
  help,
  imports,
  json,
  lists,
  me,
  nominations,
  organisations,
  people,
  presence,
  printing,
  prints,
  programme,
  progress,
  quotas,
  releases,
  schedule,
  series,
  sheets,
  today,
  venues,
] as const;
export const words = {
  ...accounts,
  ...attachments,
  ...audit,
  ...awards,
  ...calendars,
  ...checks,
  ...consents,
  ...cycles,
  ...deputies,
  ...eligibility,
  ...help,
  ...imports,
  ...json,
  ...lists,
  ...me,
  ...nominations,
  ...organisations,
  ...people,
  ...presence,
  ...printing,
  ...prints,
  ...programme,
  ...progress,
  ...quotas,
  ...releases,
  ...schedule,
  ...series,
  ...sheets,
  ...today,
  ...venues,
};
