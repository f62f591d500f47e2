import { createSchema, createYoga } from 'graphql-yoga';
import { GraphQLError } from 'graphql';

const books = [{ id: '1', title: 'Joinery', author: 'A' }, { id: '2', title: 'Timber', author: 'B' }];

const yoga = createYoga({
  schema: createSchema({
    typeDefs: /* GraphQL */ `
      type Book { id: ID! title: String! author: String! upper: String! }
      type Query { books(first: Int): [Book!]! book(id: ID!): Book agent: String fails: String }
      type Mutation { add(title: String!, author: String!): Book! }
      type Subscription { countdown(from: Int!): Int! }
    `,
    resolvers: {
      Query: {
        books: (_, { first }) => books.slice(0, first ?? books.length),
        book: (_, { id }) => books.find((book) => book.id === id),
        agent: (_, __, { request }) => request.headers.get('user-agent'),
        fails: () => { throw new GraphQLError('refused', { extensions: { code: 'REFUSED' } }); },
      },
      Book: { upper: async ({ title }) => title.toUpperCase() },
      Mutation: { add: (_, { title, author }) => { const book = { id: String(books.length + 1), title, author }; books.push(book); return book; } },
      Subscription: {
        countdown: {
          async *subscribe(_, { from }) {
            for (let n = from; n >= 0; n--) {
              yield { countdown: n };
              await new Promise((resolve) => setTimeout(resolve, 1));
            }
          },
        },
      },
    },
  }),
  graphqlEndpoint: '/graphql',
  logging: 'warn',
});

export default { fetch: yoga.fetch };
