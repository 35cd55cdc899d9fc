/** A button for what is asked about first: what will happen is said, and done only when that is confirmed. */

import { Button, type ButtonProps, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { Failure } from "../frame/failures";

interface Props {
  /** What stands on the button, and again on the one that confirms. */
  label: string;
  /** What the button is called, where `label` does not say it all. */
  name?: string;
  title: string;
  children: ReactNode;
  run: () => Promise<unknown>;
  danger?: boolean;
  /** How the button looks; its size is that of the buttons that follow. */
  button?: ButtonProps;
}

export function Sure({ label, name, title, children, run, danger = false, button }: Props) {
  const [open, setOpen] = useState(false);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const size = button?.size ? { size: button.size } : {};
  const confirm = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await run();
      setOpen(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setRunning(false);
    }
  };
  return (
    <>
      <Button danger={danger} {...button} aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={label}
        okButtonProps={{ danger, ...size }}
        cancelButtonProps={size}
        confirmLoading={running}
        onOk={() => void confirm()}
        onCancel={() => setOpen(false)}
        afterClose={() => setError(undefined)}
        destroyOnHidden
      >
        {children}
        {error !== undefined && <Failure error={error} />}
      </Modal>
    </>
  );
}
