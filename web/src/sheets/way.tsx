/** The way of a workbook: tried as soon as it is chosen, its problems told, and brought in once there are none. */

import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { Problem } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRenewNominations } from "../nominations/queries";
import { Confirm } from "../parts/confirm";
import { Drop } from "../parts/drop";
import { Go } from "../parts/go";
import { keep, linesOf } from "../parts/keeping";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { sendSheet, type Target } from "./queries";
import { type Outcome, placeOf, type SheetProblem } from "./rules";

export function Way({ target }: { target: Target }) {
  const { say } = useSpeech();
  const renew = useRenewNominations();
  const [file, setFile] = useState<File>();
  const [made, setMade] = useState<Outcome>();
  const abort = useRef<AbortController>(undefined);
  const trial = useMutation({
    mutationFn: (chosen: File) => {
      abort.current = new AbortController();
      return sendSheet(target, chosen, true, abort.current.signal);
    },
  });
  const choose = (chosen: File) => {
    abort.current?.abort();
    setFile(chosen);
    trial.mutate(chosen);
  };
  const apply = async () => {
    if (!file) return;
    const outcome = await sendSheet(target, file, false);
    await renew();
    // What is wrong by now is told as it is of a trial.
    if (outcome.applied) setMade(outcome);
    else trial.mutate(file);
  };
  const again = () => {
    setMade(undefined);
    setFile(undefined);
    trial.reset();
  };
  if (made) return <Done made={made.made} target={target} again={again} />;
  const found = trial.isPending ? undefined : trial.data;
  return (
    <section className="part">
      <h2>{say("sheets.step_file")}</h2>
      <Drop label={say("sheets.choose")} accept=".xlsx" file={file} onChoose={choose} />
      {trial.isPending && (
        <div className="in-line">
          <progress aria-label={say("sheets.trying")} />
          <span role="status">{say("sheets.trying")}</span>
          <Button
            onClick={() => {
              abort.current?.abort();
              again();
            }}
          >
            {say("sheets.give_up")}
          </Button>
        </div>
      )}
      {trial.error && <Refused error={trial.error} />}
      {found && found.problems.length > 0 && <Problems found={found} />}
      {found && found.problems.length === 0 && (
        <>
          <Alert type="success" showIcon role="status" title={say("sheets.good", { n: found.rows })} />
          <div className="acts">
            <Confirm
              primary
              label={say("sheets.apply", { n: found.rows })}
              question={say("sheets.apply_sure", { n: found.rows })}
              act={apply}
            >
              {say("sheets.apply_says")}
            </Confirm>
          </div>
        </>
      )}
    </section>
  );
}

/** Why a workbook was not read at all. */
function Refused({ error }: { error: unknown }) {
  const { say } = useSpeech();
  // A browser that finds the file another than the one that was chosen does not send it.
  if (error instanceof Problem && error.status === 0 && navigator.onLine)
    return <Alert type="warning" showIcon title={say("sheets.changed")} />;
  return <Failure error={error} />;
}

function Problems({ found }: { found: Outcome }) {
  const { say, of } = useSpeech();
  const { problems, rows } = found;
  const heads = [say("sheets.sheet"), say("sheets.row"), say("sheets.column"), say("sheets.what")];
  const told = (problem: SheetProblem) => {
    const { sheet, column, row } = placeOf(problem.cell);
    const heading = of(problem.heading);
    return [sheet || say("sheets.first"), row, heading ? `${column} · ${heading}` : column, of(problem.message)];
  };
  const file = () => {
    const text = linesOf([heads, ...problems.map(told)]);
    keep(new Blob(["\ufeff", text], { type: "text/csv" }), "problems.csv");
  };
  return (
    <>
      <Alert type="error" showIcon title={say("sheets.bad", { n: problems.length, rows })} />
      <div className="acts">
        <Button onClick={file}>{say("sheets.keep_problems")}</Button>
      </div>
      <Listing<SheetProblem>
        name={say("sheets.problems")}
        list={whole({ data: problems, error: null })}
        keyOf={({ cell, code }) => `${cell} ${code}`}
        empty=""
        columns={heads.map((title, index) => ({
          key: String(index),
          title,
          cell: (problem) => told(problem)[index],
        }))}
      />
    </>
  );
}

interface DoneProps {
  made: readonly string[];
  target: Target;
  again: () => void;
}

function Done({ made, target, again }: DoneProps) {
  const { say } = useSpeech();
  return (
    <section className="part" data-done>
      <h2>{say("sheets.step_file")}</h2>
      <Alert type="success" showIcon role="status" title={say("sheets.done", { n: made.length })} />
      <div className="acts">
        <Go to={`/awards/nominations?cycle=${target.cycle}&state=draft`} primary>
          {say("sheets.to_list")}
        </Go>
        <Button onClick={again}>{say("sheets.another")}</Button>
      </div>
      <ul className="made">
        {made.map((id, index) => (
          <li key={id}>
            <Link to={`/awards/nominations/${id}`}>{say("sheets.nth", { n: index + 1 })}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
