// Shows what this edge serves. Nothing is asked of any other host.
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#contracts',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  tryItOutEnabled: true,
  displayOperationId: true,
  presets: [SwaggerUIBundle.presets.apis],
});
