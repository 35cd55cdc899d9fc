/** What needs whoever is signed in. */

import { Link } from "react-router";
import { useEditions } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";

export function HomePage() {
  const { say, of } = useSpeech();
  const editions = useEditions("");
  const own = editions.rows?.filter((edition) => edition.inside && !["closed", "archived"].includes(edition.state)) ?? [];
  return (
    <>
      <Heads title={say("home.title")} />
      <ul className="cards">
        {own.map((edition) => (
          <li key={edition.id}>
            <Link to={`/editions/${edition.slug}`}>{of(edition.name)}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
