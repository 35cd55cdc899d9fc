/** A button whose deed is done once it is confirmed; what is refused is said where it was asked. */

import { Button, type ButtonProps, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";

interface Props {
  /** What the button says. */
  label: string;
  /** What the button is called, where it stands among many that say the same. */
  name?: string;
  question: string;
  /** What it brings about, and what is to be chosen for it. */
  children?: ReactNode;
  act: () => Promise<unknown>;
  danger?: boolean;
  /** Whether this is what the screen is for. */
  primary?: boolean;
  /** How large the buttons are; those of the question too. */
  size?: ButtonProps["size"];
  /** What to say of a refusal, instead of its sentence. */
  instead?: (error: unknown) => ReactNode;
}

export function Confirm(props: Props) {
  const { label, name, question, children, act, danger = false, primary = false, size = "medium", instead } = props;
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      setOpen(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const ask = () => {
    setError(undefined);
    setOpen(true);
  };
  return (
    <>
      <Button danger={danger} size={size} type={primary ? "primary" : "default"} aria-label={name} onClick={ask}>
        {label}
      </Button>
      <Modal
        open={open}
        title={question}
        okText={label}
        cancelText={say("parts.cancel")}
        okButtonProps={{ danger, size }}
        cancelButtonProps={{ size }}
        confirmLoading={busy}
        onOk={() => void confirm()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {children}
        {error !== undefined && (instead?.(error) || <Failure error={error} />)}
      </Modal>
    </>
  );
}
