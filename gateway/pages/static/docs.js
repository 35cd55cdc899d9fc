/* Shows the API's description. The bundled reader knows OpenAPI 3.0 alone and refuses the number 3.1; what our description
   uses of 3.1 it reads all the same, so it is told the older number. */
fetch("/api/openapi.json")
  .then((answer) => answer.json())
  .then((description) =>
    SwaggerUIBundle({
      spec: { ...description, openapi: "3.0.3" },
      dom_id: "#api",
      deepLinking: true,
      docExpansion: "none",
      defaultModelsExpandDepth: -1,
      validatorUrl: null,
      requestInterceptor: (request) => ({ ...request, credentials: "same-origin" }),
    }),
  );
