/** A button that asks before it acts: it says what will happen, takes what is needed, and shows what came of it. */

import { Button, type ButtonProps, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useSpeech } from "../frame/language";
import { Entry } from "./entry";
import type { FieldPath } from "./refusals";

interface Props<Values extends object, Told> {
  label: string;
  /** What the button is called, where there are several alike. */
  name?: string;
  /** What will happen. */
  says: ReactNode;
  send: (values: Values) => Promise<Told>;
  submit?: string;
  start?: Partial<Values>;
  /** What is needed for it: fields. */
  children?: ReactNode;
  /** What is shown of the answer, where that is not seen behind the dialog. */
  shows?: (told: Told) => ReactNode;
  primary?: boolean;
  /** How large the button is. */
  size?: ButtonProps["size"];
  /** Which field a refusal is about that names none, as a form takes it. */
  about?: Readonly<Record<string, FieldPath>>;
}

export function Asking<Values extends object, Told>(props: Props<Values, Told>) {
  const { label, name, says, send, submit, start, children, shows, primary, size = "medium", about } = props;
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState<{ answer: Told }>();
  const close = () => {
    setOpen(false);
    setTold(undefined);
  };
  const finish = async (values: Values) => {
    const answer = await send(values);
    if (shows) setTold({ answer });
    else close();
  };
  return (
    <>
      <Button type={primary ? "primary" : "default"} size={size} aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={name ?? label}
        footer={null}
        mask={{ closable: false }}
        onCancel={close}
        destroyOnHidden
      >
        {told && shows ? (
          <>
            {shows(told.answer)}
            <Button onClick={close}>{say("parts.close")}</Button>
          </>
        ) : (
          <Entry<Values>
            start={start ?? {}}
            send={finish}
            submit={submit ?? label}
            {...(about && { about })}
            beside={<Button onClick={close}>{say("parts.cancel")}</Button>}
          >
            <p>{says}</p>
            {children}
          </Entry>
        )}
      </Modal>
    </>
  );
}
