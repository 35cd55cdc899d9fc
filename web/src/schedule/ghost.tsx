/** What is carried, where it would go, and what that would bring about. */

import { useSpeech } from "../frame/language";
import { type Carried, type Carrying, stepsOf, useCarried } from "./carrying";
import type { Field } from "./field";
import { USUAL } from "./reach";
import { clock, gravest, lockOn, minutesOf, type Place } from "./rules";
import { placeOn } from "./spot";

interface Props {
  carrying: Carrying;
  field: Field;
  titles: (session: string) => string;
}

export function Ghost({ carrying, field, titles }: Props) {
  const { say } = useSpeech();
  const carried = useCarried(carrying);
  if (!carried?.to) return null;
  const others = stepsOf(carried).filter((step) => step.session !== carried.session);
  const locked = lockOn(field.locks, carried.to.room_id ?? null, field.day);
  const why = locked ? say("schedule.locked_there") : undefined;
  return (
    <>
      {others.map(
        ({ session, after }) => after && <Shape key={session} field={field} place={after} title={titles(session)} />,
      )}
      <Shape
        field={field}
        place={carried.to}
        title={titles(carried.session)}
        level={locked ? "block" : carried.made && gravest(carried.made)}
      >
        <WhyNot carried={carried} locked={why} />
      </Shape>
    </>
  );
}

interface ShapeProps {
  field: Field;
  place: Place;
  title: string;
  level?: string | undefined;
  children?: React.ReactNode;
}

function Shape({ field, place, title, level, children }: ShapeProps) {
  const start = minutesOf(place.start_local, field.day);
  const minutes = place.duration_minutes ?? USUAL;
  return (
    <div className="ghost" aria-hidden data-level={level} style={placeOn(field, place, minutes)}>
      <span className="what">{title}</span>
      <span className="when">
        {clock(start)}–{clock(start + minutes)}
      </span>
      {children}
    </div>
  );
}

function WhyNot({ carried, locked }: { carried: Carried; locked: string | undefined }) {
  const { say, of } = useSpeech();
  const first = carried.made?.[0];
  if (locked) return <span className="why">{locked}</span>;
  if (!first) return null;
  const n = carried.made?.length ?? 0;
  return <span className="why">{say("schedule.would_make", { n, first: of(first.message) })}</span>;
}
