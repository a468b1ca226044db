import { Component, type ReactNode } from 'react';
import { Failure } from '../ui/failure.tsx';

interface ErrorScreenProps {
  readonly children: ReactNode;
}

interface ErrorScreenState {
  readonly message: string | null;
}

/** Catches what a part of the window throws while rendering, says so in its place, and lets it be tried again. */
export class ErrorScreen extends Component<ErrorScreenProps, ErrorScreenState> {
  override readonly state: ErrorScreenState = { message: null };

  static getDerivedStateFromError(error: unknown): ErrorScreenState {
    return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return <Failure code="unexpected" message={message} onRetry={() => this.setState({ message: null })} />;
  }
}
