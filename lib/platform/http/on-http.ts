export type {
  Endpoint,
  HttpDeclaration,
  RawRequest,
} from './declaration.ts';
export { onHttp } from './declaration.ts';
export { httpHandler } from './http-handler.ts';
