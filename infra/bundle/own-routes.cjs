// An esbuild plugin: a bundle holds the routes of those events alone that its function may publish.
module.exports = {
  name: 'own-routes',
  setup(build) {
    const [entry] = build.initialOptions.entryPoints;
    build.onLoad({ filter: /[\\/]lib[\\/]platform[\\/]events[\\/]routes\.json$/ }, async ({ path }) => {
      const { bundledRoutes } = await import('../event-routes.ts');
      return { contents: JSON.stringify(await bundledRoutes(entry)), loader: 'json', watchFiles: [path] };
    });
  },
};
