export type {
  Answer,
  Endpoint,
  HttpDeclaration,
  HttpInput,
  Origin,
  RawAnswer,
  RawRequest,
} from './declaration.ts';
export { onHttp } from './declaration.ts';
export { httpHandler } from './http-handler.ts';
