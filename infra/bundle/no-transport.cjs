// Stands for the mail transport that the stage does not use (`mailTransport`): its settings and rights are not there either.
exports.sesTransport = exports.smtpTransport = () => {
  throw new Error('this stage sends its e-mails another way: deploy it anew with that mailTransport');
};
