export const PLACE = '/messages/{-$ticketId}';
