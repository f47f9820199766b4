/** The instruction of a page. When it changes, the focus goes to it: what is new is read out, and the keyboard is where it is needed. */
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface HeadingProps {
  /** What the heading belongs to: with another one the focus comes here. */
  readonly about: string;
  readonly children: ComponentChildren;
}

export function Heading({ about, children }: HeadingProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [about]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
