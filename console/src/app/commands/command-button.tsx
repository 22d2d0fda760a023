import type { ReactNode } from 'react';
import { Button, type ButtonProps } from '../../parts/button.tsx';
import { type Command, keysText } from './command.ts';
import { isMac } from './keys.ts';

interface CommandButtonProps extends Omit<ButtonProps, 'onClick' | 'children' | 'keyName'> {
  readonly command: Command;
  readonly icon?: ReactNode;
}

/** A command as a button: the same words, key and effect. With an icon alone it is square and says the rest on hover. */
export function CommandButton({ command, icon, square, ...rest }: CommandButtonProps) {
  const keys = keysText(command, isMac);
  if (square) {
    const title = keys === undefined ? command.label : `${command.label} (${keys})`;
    return (
      <Button look="ghost" square aria-label={command.label} title={title} onClick={command.run} {...rest}>
        {icon}
      </Button>
    );
  }
  return (
    <Button onClick={command.run} keyName={keys} {...rest}>
      {icon}
      {command.label}
    </Button>
  );
}
